import './hello/main';
import './boutique/main';
import './inference/main';
import './monitoring/main';
import './operator/main';
import './pet-store/main';
import './shop/main';
import './sock-shop/main';

import './hello/main';
import './boutique/main';
import './shop/main';
import './sock-shop/main';

import './hello/main';
import './boutique/main';
import './shop/main';

import { App } from 'seaworthy';
import { Hello } from './hello';

const app = new App({ name: 'hello' });
new Hello(app, 'hello');
app.synth();

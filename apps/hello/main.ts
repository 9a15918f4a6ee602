import { hello } from './app';

hello().synth();

import { monitoring } from './app';

monitoring().synth();

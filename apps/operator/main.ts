import { operator } from './app';

operator().synth();

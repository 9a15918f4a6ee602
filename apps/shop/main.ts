import { shop } from './app';

shop().synth();

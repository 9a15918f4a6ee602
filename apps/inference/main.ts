import { inference } from './app';

inference().synth();

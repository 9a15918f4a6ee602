import { petStore } from './app';

petStore().synth();

import { boutique } from './app';

boutique().synth();

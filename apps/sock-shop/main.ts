import { sockShop } from './app';

sockShop().synth();

import { runTogether } from './run';

runTogether('rules-of-wiring');

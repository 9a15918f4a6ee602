import { runTogether } from './run';

runTogether('rules-of-policy');

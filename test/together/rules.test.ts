import { runTogether } from './run';

runTogether('rules');

import { runTogether } from './run';

runTogether('graph');

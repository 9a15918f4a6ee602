import { runTogether } from './run';

runTogether('operator');

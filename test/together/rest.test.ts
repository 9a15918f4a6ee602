import { runTogether } from './run';

runTogether('rest');

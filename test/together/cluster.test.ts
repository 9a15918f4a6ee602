import { runTogether } from './run';

runTogether('cluster');

import { runTogether } from './run';

runTogether('report');

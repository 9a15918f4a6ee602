import { runTogether } from './run';

runTogether('fit');

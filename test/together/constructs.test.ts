import { runTogether } from './run';

runTogether('constructs');

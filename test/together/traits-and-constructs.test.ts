import { runTogether } from './run';

runTogether('traits-and-constructs');

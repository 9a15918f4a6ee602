import { runTogether } from './run';

runTogether('command-line');

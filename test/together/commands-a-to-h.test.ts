import { runTogether } from './run';

runTogether('commands-a-to-h');

import { runTogether } from './run';

runTogether('commands-i-to-pl');

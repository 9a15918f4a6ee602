import { runTogether } from './run';

runTogether('commands-pr-to-z');

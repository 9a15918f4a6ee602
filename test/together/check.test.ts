import { runTogether } from './run';

runTogether('check');

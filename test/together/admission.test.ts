import { runTogether } from './run';

runTogether('admission');

import { runTogether } from './run';

runTogether('plan');

import { runTogether } from './run';

runTogether('apps');

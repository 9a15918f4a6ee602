import { runTogether } from './run';

runTogether('apiserver');

import { runTogether } from './run';

runTogether('kube');

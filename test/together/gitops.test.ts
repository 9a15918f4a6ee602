import { runTogether } from './run';

runTogether('gitops');

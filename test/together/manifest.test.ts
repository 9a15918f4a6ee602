import { runTogether } from './run';

runTogether('manifest');

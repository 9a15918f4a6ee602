import { ACCESS_SHAPES } from './access';
import { CHART_SHAPES } from './charts';
import { CONFIG_SHAPES } from './config';
import { CONTAINER_SHAPES } from './containers';
import { CUSTOM_SHAPES } from './custom';
import { NETWORK_SHAPES, ROUTE_SHAPES } from './network';
import { SERVICE_SHAPES } from './services';
import { CONSTRUCT_SHAPES } from './constructs';
import { SET_SHAPES } from './sets';
import type { AppShape, Shape } from './shape';
import { TRAIT_SHAPES } from './traits';
import { WORKLOAD_SHAPES } from './workloads';

/** Every shape that check and plan are measured on. */
export const SHAPES: readonly Shape[] = [
  ...NETWORK_SHAPES,
  ...SERVICE_SHAPES,
  ...ROUTE_SHAPES,
  ...WORKLOAD_SHAPES,
  ...CONTAINER_SHAPES,
  ...CONFIG_SHAPES,
  ...SET_SHAPES,
  ...ACCESS_SHAPES,
  ...CUSTOM_SHAPES,
];

/** Every app that synth is measured on. */
export const APP_SHAPES: readonly AppShape[] = [...CHART_SHAPES, ...CONSTRUCT_SHAPES, ...TRAIT_SHAPES];

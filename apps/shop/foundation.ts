import { join } from 'node:path';
import { Include } from 'cdk8s';
import type { Construct } from 'constructs';
import { Chart } from 'seaworthy';

/** What the other charts count on, and no namespace holds. */
export class Foundation extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Include(this, 'priority-classes', { url: join(__dirname, 'config/priority-classes.yaml') });
  }
}

/** What goes first when a node runs short. */
export const priorities = { agents: 'shop-agents', customers: 'shop-customers' } as const;

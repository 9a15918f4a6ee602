import type { Construct } from 'constructs';
import type { Security, WebServiceProps } from 'seaworthy';
import { WebService } from 'seaworthy';

const RELEASE = '2.2.0';

/** The image of one part of the store. */
export function storeImage(part: string): string {
  return `ghcr.io/azure-samples/aks-store-demo/${part}:${RELEASE}`;
}

/** Anybody but root, as whom the images would run. */
export const USER: Security = { runAsUser: 1000, runAsGroup: 1000 };

/** Not much, as published. */
export const SMALL = {
  cpu: { request: '1m', limit: '2m' },
  memory: { request: '1Mi', limit: '20Mi' },
} as const;

/** A service of the store. Its name is that of its image, by which the others call it. */
export class StoreService extends WebService {
  constructor(scope: Construct, part: string, props: Omit<WebServiceProps, 'image' | 'name'>) {
    super(scope, part, { name: part, image: storeImage(part), security: USER, ...props });
  }
}

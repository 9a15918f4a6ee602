import { parseQuantity } from '../../lib/kube/quantity';
import type { Quantity } from '../../lib/kube/quantity';
import {
  isExtendedResource,
  isOvercommitAllowed,
  requestProblem,
  resourceAmountProblem,
  resourceNameProblem,
} from '../../lib/kube/resources';

function quantity(text: string): Quantity {
  const parsed = parseQuantity(text);
  if (parsed === undefined) throw new Error(`${text} is no quantity`);
  return parsed;
}

test('a container asks for resources of Kubernetes, or of a domain', () => {
  for (const name of [
    'cpu',
    'memory',
    'ephemeral-storage',
    'hugepages-2Mi',
    'nvidia.com/gpu',
    'kubernetes.io/x',
    'a.kubernetes.io/b',
  ])
    expect([name, resourceNameProblem(name)]).toEqual([name, undefined]);
  for (const name of [
    '',
    'gpu',
    'storage',
    'pods',
    'requests.cpu',
    'CPU',
    'requests.example.com/gpu',
    'a/b/c',
    'nvidia.com/',
  ])
    expect([name, resourceNameProblem(name)]).toEqual([name, expect.stringMatching(/must/)]);
});

test('a domain is too long when a quota could not name it', () => {
  const domain = (length: number): string => `${'a'.repeat(length)}/gpu`;
  expect(resourceNameProblem(domain(244))).toBeUndefined();
  expect(resourceNameProblem(domain(245))).toMatch(/at most 244 characters/);
});

test('only what is outside the domains of Kubernetes is extended', () => {
  expect(isExtendedResource('nvidia.com/gpu')).toBe(true);
  for (const name of ['cpu', 'gpu', 'kubernetes.io/x', 'requests.nvidia.com/gpu'])
    expect([name, isExtendedResource(name)]).toEqual([name, false]);
});

test('an amount is not negative, and whole where only whole pieces exist', () => {
  expect(resourceAmountProblem('cpu', quantity('1m'))).toBeUndefined();
  expect(resourceAmountProblem('cpu', quantity('-1m'))).toBe('must not be negative');
  expect(resourceAmountProblem('nvidia.com/gpu', quantity('2'))).toBeUndefined();
  expect(resourceAmountProblem('nvidia.com/gpu', quantity('500m'))).toBe('must be an integer');
  expect(resourceAmountProblem('memory', quantity('0.5'))).toBeUndefined();
});

test('huge pages come in whole pages', () => {
  expect(resourceAmountProblem('hugepages-2Mi', quantity('4Mi'))).toBeUndefined();
  expect(resourceAmountProblem('hugepages-2Mi', quantity('3Mi'))).toBe(
    'must be a multiple of the page size 2Mi',
  );
  expect(resourceAmountProblem('hugepages-large', quantity('4Mi'))).toMatch(/must name the size/);
  expect(resourceAmountProblem('hugepages-0', quantity('4Mi'))).toMatch(/must name the size/);
});

test('a request is at most its limit', () => {
  expect(requestProblem('cpu', quantity('500m'), quantity('0.5'))).toBeUndefined();
  expect(requestProblem('cpu', quantity('500m'), undefined)).toBeUndefined();
  expect(requestProblem('memory', quantity('1Gi'), quantity('1G'))).toBe('must be at most the limit of 1G');
});

test('what cannot be overcommitted needs a limit of the same amount', () => {
  for (const name of ['nvidia.com/gpu', 'hugepages-2Mi']) {
    expect([name, isOvercommitAllowed(name)]).toEqual([name, false]);
    expect(requestProblem(name, quantity('2'), quantity('2'))).toBeUndefined();
    expect(requestProblem(name, quantity('1'), quantity('2'))).toBe('must be equal to the limit of 2');
    expect(requestProblem(name, quantity('1'), undefined)).toMatch(/must have a limit of the same amount/);
  }
  expect(isOvercommitAllowed('memory')).toBe(true);
});

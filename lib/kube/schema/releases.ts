/** Every Kubernetes release whose API is known here, oldest first. Written by scripts/schema/generate.sh. */
export const releases = [
  '1.27',
  '1.28',
  '1.29',
  '1.30',
  '1.31',
  '1.32',
  '1.33',
  '1.34',
  '1.35',
  '1.36',
  '1.37',
] as const;

/** See services.js. */
export interface FleetService {
  readonly name: string;
  readonly team: string;
  readonly image: string;
  readonly replicas: number;
  readonly port: number;
  readonly probe: string;
  readonly env: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, string>>;
}

export function services(count: number): FleetService[];

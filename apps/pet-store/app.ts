import { App, Environment } from 'seaworthy';
import { production, staging } from './clusters';
import { PetStore } from './pet-store';

/** The pet store in each of its environments. */
export function petStore(): App {
  const app = new App({ name: 'pet-store' });
  new PetStore(new Environment(app, 'staging', staging), 'pet-store', {
    secretStore: 'vault',
    ordersPerHour: 100,
  });
  new PetStore(new Environment(app, 'production', production), 'pet-store', {
    host: 'pets.example',
    secretStore: 'azure-key-vault',
    ordersPerHour: 100,
  });
  return app;
}

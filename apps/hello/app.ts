import { App } from 'seaworthy';
import { Hello } from './hello';

/** Hello, for whatever cluster it is applied to. */
export function hello(): App {
  const app = new App({ name: 'hello' });
  new Hello(app, 'hello');
  return app;
}

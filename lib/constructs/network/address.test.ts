import { problems, rendered } from '../../../test/constructs/rendering';
import { StatefulService, WebService } from '../../index';

const image = 'a/b:1';

describe('an address', () => {
  it('is a URL, or that of a replica', () => {
    const said: string[] = [];
    rendered((chart) => {
      const web = new WebService(chart, 'web', { image, port: { port: 8080, service: 80 } });
      const db = new StatefulService(chart, 'db', { image, port: 5432, service: {}, firstReplica: 1 });
      said.push(web.url('http'), web.url('http', '/v1?a=b'), db.url('postgres', '/shop'));
      said.push(db.replica(0).host, db.replica(1).address);
    });
    expect(said).toEqual([
      'http://shop-web:80',
      'http://shop-web:80/v1?a=b',
      'postgres://shop-db-client:5432/shop',
      'shop-db-1.shop-db',
      'shop-db-2.shop-db:5432',
    ]);
  });

  it('is told of a scheme or path that makes no URL', () => {
    const found = problems((chart) => {
      const web = new WebService(chart, 'web', { image, port: 80 });
      web.url('http:');
      web.url('http', 'v1');
    });
    expect(found.map(({ message }) => message)).toEqual([
      'Invalid value: "http:": must be the scheme of a URL, such as http',
      'Invalid value: "v1": must begin with a slash',
    ]);
  });
});

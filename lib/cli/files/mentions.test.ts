import { mentions } from './mentions';

const target = (kind: string, name: string) => ({ group: '', kind, name, namespace: 'shop' });

describe('a text with an object', () => {
  const labels = Array.from({ length: 20 }, (_, index) => `    label-${index}: a`).join('\n');

  it('has its kind and its name, however many labels are between them', () => {
    const text = `apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n${labels}\n  name: orders\n`;
    expect(mentions(text, target('Service', 'orders'))).toBe(true);
    expect(mentions(text, target('Service', 'order'))).toBe(false);
    expect(mentions(text, target('Secret', 'orders'))).toBe(false);
  });

  it('has both in one document', () => {
    const text = 'kind: Service\nmetadata:\n  name: orders\n---\nkind: Secret\nmetadata:\n  name: login\n';
    expect(mentions(text, target('Secret', 'login'))).toBe(true);
    expect(mentions(text, target('Service', 'login'))).toBe(false);
  });

  it.each(['kubectl create configmap settings --from-file=a', 'kubectl -n shop create cm settings'])(
    'has the command that creates it: %s',
    (text) => {
      expect(mentions(text, target('ConfigMap', 'settings'))).toBe(true);
      expect(mentions(text, target('ConfigMap', 'setting'))).toBe(false);
    },
  );
});

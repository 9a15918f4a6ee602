import { SEVERITIES } from './finding';
import { PRESETS, SWITCHES } from './settings';

test('a rule can be set to each severity, the most serious first, or off', () => {
  expect(SEVERITIES).toEqual(['error', 'warning', 'info']);
  expect(SWITCHES).toEqual(['error', 'warning', 'info', 'off']);
});

test('the presets are those of the guide, the default first', () => {
  expect(PRESETS).toEqual(['recommended', 'strict', 'none']);
});

import type { DeletePlan, DeleteResult } from '../../cluster/owned/delete';
import type { StayingObject } from '../../cluster/owned/prunable';
import type { AppName } from '../../cluster/owned/record';
import { formatId, type ObjectId } from '../../manifest/manifest';
import { inert } from '../../text';
import { counted } from '../counts';
import { jsonText } from '../escape/json';
import { name, sentence } from '../escape/terminal';
import type { Format } from '../format';
import type { Paint } from '../paint';
import { stayingLines } from '../staying';

/** What `seaworthy delete` prints at its end. */
export interface DeleteReport {
  readonly cluster: { readonly context: string; readonly server: string; readonly version: string };
  readonly application: AppName;
  readonly result: DeleteResult;
}

export type DeletePrinter = (report: DeleteReport, paint: Paint) => string;

/** What would be deleted and what would stay, before anybody is asked. */
export function deletePlanText({ gone, guarded, kept }: DeletePlan): string {
  const lines = [
    gone.length === 0 ? 'Nothing is deleted.' : `${counted(gone.length, 'object')} to delete:`,
    ...gone.map((id) => `  ${title(id)}`),
    ...stayingLines({ guarded, kept }),
  ];
  return inert(`${lines.join('\n')}\n`);
}

function title(id: ObjectId): string {
  return name(formatId(id));
}

const text: DeletePrinter = ({ application, result }, paint) => {
  const { outcome, plan, gone, failed, left } = result;
  const app = `${name(application.namespace)}/${name(application.name)}`;
  const stays = plan.guarded.length + plan.kept.length;
  const failures = failed.map(
    ({ id, reason }) => `${paint.red('not deleted')}  ${title(id)}: ${sentence(reason)}`,
  );
  const deleted =
    stays === 0
      ? `Deleted application ${app}`
      : `Deleted application ${app}, but for ${counted(stays, 'object')}`;
  const heads = {
    deleted: `${deleted}: ${counted(gone.length, 'object')} gone.`,
    declined: 'Nothing was deleted: it was not confirmed.',
    failed: `Not deleted: ${counted(gone.length, 'object')} gone, ${failed.length} not, ${left.length} not asked to go.`,
    interrupted: 'Interrupted: delete again to go on from here.',
  };
  return inert([...failures, heads[outcome], ''].join('\n'));
};

const json: DeletePrinter = ({ cluster, application, result }) => {
  const { outcome, plan, gone, failed, left } = result;
  const objects = (list: readonly StayingObject[]): object[] => list.map(({ id, why }) => ({ ...id, why }));
  return jsonText({
    cluster,
    ...application,
    outcome,
    deleted: gone,
    failed: failed.map(({ id, reason }) => ({ ...id, reason })),
    left,
    plan: { delete: plan.gone, guarded: objects(plan.guarded), kept: objects(plan.kept) },
  });
};

/** Every format of `seaworthy delete`, the default one first. */
export const DELETE_FORMATS: readonly [Format<DeletePrinter>, ...Format<DeletePrinter>[]] = [
  { name: 'text', about: 'people', print: text },
  { name: 'json', about: 'programs, with stable field names', print: json },
];

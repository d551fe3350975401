import type { Json } from '../json.ts';
import { page } from '../odata/query.ts';
import type { Call, Reply } from '../route.ts';
import { appJson, catalogueApp, definitionJson } from './catalogue.ts';

/** Expansions of an installation; by `$filter` one may look into the app without expanding it. */
function installJson(call: Call, id: string, appId: string, type: string): { shown: Json; whole: Json } {
  const found = catalogueApp(call.world, appId);
  const expand = call.query.get('$expand') ?? '';
  const base: Json = { ...(type === '' ? {} : { '@odata.type': type }), id };
  const whole = { ...base, teamsApp: appJson(found), teamsAppDefinition: definitionJson(found) };
  return {
    whole,
    shown: {
      ...base,
      ...(/\bteamsApp\b/.test(expand) ? { teamsApp: appJson(found) } : {}),
      ...(/\bteamsAppDefinition\b/.test(expand) ? { teamsAppDefinition: definitionJson(found) } : {}),
    },
  };
}

export function listInstalls(call: Call, installs: { id: string; appId: string }[]): Reply {
  const values = installs.map((install) => installJson(call, install.id, install.appId, ''));
  const whole = new Map(values.map((value) => [value.shown.id, value.whole]));
  return {
    status: 200,
    body: page(
      values.map((value) => value.shown),
      {
        address: call.address,
        query: call.query,
        defaultTop: 100,
        maxTop: 999,
        widen: (value) => whole.get(value.id) ?? value,
      },
    ),
  };
}

import {
  contactRoleOf,
  type Contacts,
  type Directory,
  type Held,
  holds,
  isUnassigned,
  recipientsOf,
} from '../../../domain/nudges/recipients';

const contacts = (people: [string, 'officer' | 'leadership' | 'council_secretary', boolean?][], office?: string): Contacts => ({
  people: people.map(([id, role, reachable = true]) => ({ inbox: `person:${id}`, role, reachable })),
  offices: office ? [{ inbox: `office:${office}`, reachable: true }] : [],
});
const cycle = (more: Partial<Held> = {}): Held => ({
  step: 'commune_review',
  waitingFor: 'commune',
  paused: false,
  communeOfficerId: null,
  provinceOfficerId: null,
  ...more,
});
const directory = (commune: Contacts, province: Contacts = contacts([['binh', 'officer']], '37')): Directory => ({ commune, province });

describe('the recipients of a nudge', () => {
  const two = directory(
    contacts(
      [
        ['an', 'officer'],
        ['bao', 'officer'],
        ['chi', 'leadership'],
      ],
      '14329',
    ),
  );

  it('are the assigned officer, else all officers of the office, else the office itself', () => {
    expect(recipientsOf('commune_officer', cycle({ communeOfficerId: 'bao' }), two)).toEqual(['person:bao']);
    expect(recipientsOf('commune_officer', cycle(), two)).toEqual(['person:an', 'person:bao']);
    expect(recipientsOf('commune_officer', cycle(), directory(contacts([], '14329')))).toEqual(['office:14329']);
    expect(recipientsOf('commune_officer', cycle(), directory(contacts([])))).toEqual([]);
  });

  it('skip an address that no server takes: an assigned officer’s nudge goes to the next in line', () => {
    const gone = directory(
      contacts(
        [
          ['an', 'officer', false],
          ['bao', 'officer'],
        ],
        '14329',
      ),
    );
    expect(recipientsOf('commune_officer', cycle({ communeOfficerId: 'an' }), gone)).toEqual(['person:bao']);
  });

  it('of the leadership are never officers while there is a leadership or an office address', () => {
    expect(recipientsOf('commune_leadership', cycle(), two)).toEqual(['person:chi']);
    expect(recipientsOf('commune_leadership', cycle(), directory(contacts([['an', 'officer']], '14329')))).toEqual(['office:14329']);
    expect(recipientsOf('commune_leadership', cycle(), directory(contacts([['an', 'officer']])))).toEqual(['person:an']);
  });

  it('of the districts of old are the province’s officers, of the council its secretary', () => {
    const province = contacts([
      ['binh', 'officer'],
      ['dung', 'council_secretary'],
    ]);
    expect(recipientsOf('district_officer', cycle(), directory(contacts([]), province))).toEqual(['person:binh']);
    expect(recipientsOf('council_secretary', cycle(), directory(contacts([]), province))).toEqual(['person:dung']);
  });

  it('know the roles of contact lists and of accounts; administrators get none', () => {
    expect(['commune_officer', 'provincial_leadership', 'council_secretary', 'commune_staff', 'administrator'].map(contactRoleOf)).toEqual([
      'officer',
      'leadership',
      'council_secretary',
      'officer',
      undefined,
    ]);
  });
});

describe('a dossier', () => {
  const one = contacts(
    [
      ['an', 'officer'],
      ['chi', 'leadership'],
    ],
    '14329',
  );

  it('is unassigned when nobody is named and not exactly one officer could be meant', () => {
    expect(isUnassigned(cycle(), directory(one))).toBe(false);
    expect(
      isUnassigned(
        cycle(),
        directory(
          contacts([
            ['an', 'officer'],
            ['bao', 'officer'],
          ]),
        ),
      ),
    ).toBe(true);
    expect(isUnassigned(cycle(), directory(contacts([], '14329')))).toBe(true);
    expect(
      isUnassigned(
        cycle({ communeOfficerId: 'an' }),
        directory(
          contacts([
            ['an', 'officer'],
            ['bao', 'officer'],
          ]),
        ),
      ),
    ).toBe(false);
    expect(isUnassigned(cycle({ communeOfficerId: 'left' }), directory(contacts([])))).toBe(true);
  });

  it('is held by those whose turn it is, and by nobody while it is paused', () => {
    const all = directory(one);
    const who = (more: Partial<Held>) => ['person:an', 'person:chi', 'person:binh'].filter((inbox) => holds(inbox, cycle(more), all));
    expect(who({})).toEqual(['person:an', 'person:chi']);
    expect(who({ waitingFor: 'province', step: 'provincial_intake' })).toEqual(['person:binh']);
    expect(who({ waitingFor: 'producer', step: 'awaiting_dossier' })).toEqual([]);
    expect(who({ waitingFor: null, step: 'in_force' })).toEqual([]);
    expect(who({ paused: true })).toEqual([]);
  });

  it('of a colleague is not held by an officer who merely stands in for a missing leadership', () => {
    const noLeaders = directory(
      contacts([
        ['an', 'officer'],
        ['bao', 'officer'],
      ]),
    );
    expect(holds('person:an', cycle({ communeOfficerId: 'bao' }), noLeaders)).toBe(false);
  });
});

import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { OpenRegular, PeopleSwapRegular } from '@fluentui/react-icons';
import type { Colleague } from '../../../model.ts';
import { addressWith, go } from '../location.ts';
import { useTexts } from '../texts.ts';
import { useWorkday } from '../workday.ts';

/** Those one has conversations with: my manager and my reports. */
function close(me: Colleague, all: Colleague[]): Colleague[] {
  return all.filter((one) => one.managerId === me.id || one.id === me.managerId);
}

export function PersonMenu() {
  const t = useTexts();
  const { me, organisation } = useWorkday();
  const open = (colleague: Colleague) =>
    window.open(
      addressWith({ person: colleague.key, lang: colleague.language, item: '', chat: '', sub: '' }),
      '_blank',
    );
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<Avatar name={me.name} color="colorful" size={28} badge={{ status: 'available' }} />}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>
              {me.name} · {me.jobTitle}
            </MenuGroupHeader>
            {close(me, organisation.colleagues).map((colleague) => (
              <MenuItem key={colleague.id} icon={<OpenRegular />} onClick={() => open(colleague)}>
                {t('otherWindow', { name: colleague.givenName })}
              </MenuItem>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem
            icon={<PeopleSwapRegular />}
            onClick={() => go({ person: '', view: 'calendar', item: '', chat: '', sub: '' })}
          >
            {t('changePerson')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

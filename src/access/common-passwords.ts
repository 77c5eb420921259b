/**
 * Passwords of twelve signs and more that stand near the top of every list of stolen ones, without digits and signs at
 * word borders (`checkPassword` compares both forms). A country adds its own.
 */
const commonPasswords: readonly string[] = [
  '123456789012', '1234567890123', '12345678901234', '123456789123', '1234567891011', '0123456789012', '098765432109', '987654321098',
  '111111111111', '000000000000', '112233445566', '123123123123', '121212121212', '123412341234', '1q2w3e4r5t6y', '1qaz2wsx3edc',
  'qwertyuiop12', 'qwertyuiop123', 'qwertyuiopasdf', 'qwertyuiopasdfghjkl', 'asdfghjkl123', 'asdfghjklzxc', 'zxcvbnmasdfg', 'qazwsxedcrfv', 'qwerty123456', 'abcdefghijkl',
  'abc123456789', 'abcd12345678', 'password1234', 'password12345', 'password123456', 'passwordpassword', 'mypassword123', 'newpassword1', 'changeme1234', 'letmeinletmein',
  'administrator', 'administrator1', 'administrator123', 'adminadminadmin', 'admin1234567', 'admin12345678', 'welcome12345', 'welcome123456', 'iloveyou1234', 'iloveyouforever',
  'footballfootball', 'princessprincess', 'sunshine1234', 'superman1234', 'correcthorsebatterystaple', 'thisisapassword', 'motdepasse123', 'motdepasse1234', 'azertyuiop123', 'azertyuiopqsdf',
]

/** All passwords that are not taken: these and the country's own, in lower case. */
export function gatherCommonPasswords(ofCountry: readonly string[]): ReadonlySet<string> {
  return new Set([...commonPasswords, ...ofCountry].map((password) => password.normalize('NFC').toLowerCase()))
}

const lib=require('libphonenumber-js/max');
const {parsePhoneNumberFromString,PhoneNumber}=lib;
console.log(Object.keys(lib).join(' '));
function parsePhone(value, region){const folded=value.normalize('NFKC').trim();const p=parsePhoneNumberFromString(folded,{defaultCountry:region,extract:false});if(!p||!p.isPossible()||p.ext!==undefined)return;return p.number}
function find(e,region){const p=parsePhoneNumberFromString(e);if(!p)return e;const n=p.formatNational().replace(/\D/g,'');return parsePhone(n,region)===e?n:e}
function t(name,f){for(let k=0;k<3;k++){const s=process.hrtime.bigint();const N=30000;for(let i=0;i<N;i++)f('+86'+(13800000000+i));const e=Number(process.hrtime.bigint()-s)/1000/N;if(k==2)console.log(name,e.toFixed(2),'us')}}
t('find',e=>find(e,'CN'));
t('parse e164',e=>parsePhoneNumberFromString(e));
const p=parsePhoneNumberFromString('+8613800000000');
t('formatNational',e=>p.formatNational());
t('parsePhone nat',e=>parsePhone(e.slice(3),'CN'));
t('parsePhone e164',e=>parsePhone(e,'CN'));
t('isPossible',e=>p.isPossible());

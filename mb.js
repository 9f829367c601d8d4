const v8=require('v8');
const {writeProfile}=require('./dist/dialects/cloudbase/responses/profile.js');
const {wireUser}=require('./dist/dialects/anqicms/vocabulary.js');
const mk=i=>({id:1000+i,username:'person_'+i,nickname:'Nick '+i,realName:'a',firstName:'',lastName:'',bio:'Lives in town '+i%500,gender:i%3==0?'male':i%3==1?'female':null,birthday:null,email:'p'+i+'@example.com',emailVerifiedAt:i%2?new Date():null,phone:'+86'+(13800000000+i),phoneVerifiedAt:null,avatar:i%2?'':'uploads/'+i,locale:'',status:'active',role:'user',kind:'person',hasPassword:true,passwordUpdatedAt:new Date(),createdAt:new Date(),updatedAt:new Date(),lastSignInAt:new Date()});
const which=process.argv[2];let n=0;
const used=()=>v8.getHeapSpaceStatistics().filter(s=>!/new|read/.test(s.space_name)).map(s=>s.space_name+' '+(s.space_used_size/1048576).toFixed(1)).join(' ');
console.log(used());
for(let k=0;k<6;k++){for(let i=0;i<50000;i++){const u=mk(i);const r=writeProfile(u,'http://x');if(which!=='nojson')n+=JSON.stringify(r.body).length;}console.log(used())}

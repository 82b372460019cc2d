package generator
import ("testing";"time";"github.com/pantograph-go/pantograph/generator/internal/verify";"github.com/pantograph-go/pantograph/generator/internal/runtime";"io/fs";"syscall")
func cpu() time.Duration { var r syscall.Rusage; syscall.Getrusage(0,&r); return time.Duration(r.Utime.Nano()+r.Stime.Nano()) }
func TestTiming(t *testing.T) {
  for i:=0;i<1;i++ {
  c := NewConfig(); c.Specs=[]string{"../spec/huaweicloud/autoscaling/v1/openapi.yaml"}; c.Root="../spec/huaweicloud"; c.Package="client"; c.Out="/tmp/nowhere-x"; c.Import="example.com/c"
  d, l := c.Complete(); if l.HasErrors(){t.Fatal(l)}
  r := &run{config:d}
  s:=time.Now(); c0:=cpu(); api := r.load(false); t.Log("load",time.Since(s),cpu()-c0)
  s=time.Now(); c0=cpu(); p,_ := r.plan(api); t.Log("plan",time.Since(s),cpu()-c0)
  s=time.Now(); c0=cpu(); src := r.emit(p); t.Log("emit",time.Since(s),cpu()-c0)
  if r.diags.HasErrors(){t.Fatal(r.diags)}
  s=time.Now(); c0=cpu()
  rt := r.runtime(func(source fs.FS) ([]string, error) { var roots []string; for _, x := range src { roots = append(roots, runtime.Imported(x.Bytes, d.Runtime)...)}; return runtime.Reach(source, runtime.Prefix, roots)})
  t.Log("runtime",time.Since(s),cpu()-c0)
  n:=0; for _,x:=range src { for _,b:=range x.Bytes { if b=='\n'{n++}}}
  s=time.Now(); c0=cpu()
  for k:=0;k<10;k++ { _, l = verify.Files(verify.Request{Files:src, Paths: map[string]string{".":p.ImportPath, p.TestName: p.ImportPath+"/"+p.TestName}, Runtime: byImport(rt,d.Runtime), Allowed: []string{"unsafe"}}) }
  t.Log("verify",time.Since(s),cpu()-c0, n, "lines", l)
  }
}

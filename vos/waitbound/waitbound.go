// Package waitbound runs tests that wait for nodes, disks and limits more than they compute: several at a time on each processor.
package waitbound

import "flag"

// atOnce is how many parallel tests run at a time in one package.
const atOnce = "8"

// Run is m.Run with eight parallel tests at a time, where -parallel is not given; m is the *testing.M of a TestMain. It returns
// the exit code of the tests.
func Run(m interface{ Run() int }) int {
	if !flag.Parsed() {
		flag.Parse()
	}
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", atOnce) // outside of a test there is no such flag
	}
	return m.Run()
}

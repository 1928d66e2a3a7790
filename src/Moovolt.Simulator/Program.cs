using Moovolt.Simulator;

return await CommandLine.Run(args, Console.Error);
